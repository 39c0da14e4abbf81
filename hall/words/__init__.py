"""Chinese names of every state, matter kind and reason: one vocabulary for screen, paper and voice, by subject."""

from hall.words.cases import *
from hall.words.devices import *
from hall.words.dossiers import *
from hall.words.notices import *
from hall.words.penalties import *
from hall.words.people import *
from hall.words.powers import *
from hall.words.queueing import *
from hall.words.ratings import *
from hall.words.registers import *
from hall.words.relief import *
from hall.words.requests import *
from hall.words.stalls import *
from hall.words.standards import *
from hall.words.vendors import *
