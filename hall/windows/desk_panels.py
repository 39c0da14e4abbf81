"""Which panel belongs to which act of the desk."""

from collections.abc import Mapping
from functools import partial

from hall.windows import desk_clock_panels as clocks
from hall.windows import desk_closing_panels as closings
from hall.windows import desk_decision_panels as decisions
from hall.windows import desk_dossier_panels as dossiers
from hall.windows import desk_hand_panels as hands
from hall.windows import desk_inquiry_panels as inquiries
from hall.windows import desk_opinion_panels as opinions
from hall.windows import desk_service_panels as services
from hall.windows import desk_supplement_panels as supplements
from hall.windows.desk_acts import PanelMaker
from hall.windows.desk_hearing_panel import HearingPanel

PANELS: Mapping[str, PanelMaker] = {
    "hand_over": hands.hand_over_panel,
    "take": hands.take_panel,
    "claim": hands.claim_panel,
    "release": hands.release_panel,
    "assign": hands.AssignPanel,
    "propose": opinions.ProposePanel,
    "examine": partial(opinions.ConsentPanel, act="examine"),
    "legal": partial(opinions.ConsentPanel, act="legal"),
    "countersign": partial(opinions.ConsentPanel, act="countersign"),
    "report": opinions.ReportPanel,
    "send_back": opinions.send_back_panel,
    "suspend": clocks.SuspendPanel,
    "resume": clocks.ResumePanel,
    "extend": clocks.ExtendPanel,
    "ask": supplements.AskPanel,
    "answer": supplements.AnswerPanel,
    "visit": inquiries.VisitPanel,
    "hearing": HearingPanel,
    "consult": inquiries.ConsultPanel,
    "consult_answer": inquiries.ConsultAnswerPanel,
    "decide": decisions.DecidePanel,
    "default": decisions.default_panel,
    "certify": closings.CertifyPanel,
    "serve": services.ServePanel,
    "tell": services.TellPanel,
    "finish": hands.finish_panel,
    "withdraw": partial(closings.EndPanel, act="withdraw"),
    "terminate": partial(closings.EndPanel, act="terminate"),
    "archive": partial(dossiers.DossierPanel, act="archive"),
    "volume": partial(dossiers.DossierPanel, act="volume"),
    "bar": closings.bar_panel,
    "reopen": closings.reopen_panel,
}
