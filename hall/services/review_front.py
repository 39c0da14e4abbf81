"""The review and the decision for the screens: the services with store, actor and home bound."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hall.rules.people import Actor
from hall.services import (
    absences,
    assigning,
    consultations,
    deciding,
    defaulting,
    desk_file,
    desk_lists,
    hearings,
    review_supplements,
    reviewing,
    visits,
)
from hall.services.absences import Absence, AbsenceView, Employee
from hall.services.assigning import Assigned, Officer
from hall.services.board import BoardView
from hall.services.board_terms import Terms
from hall.services.deciding import Decided, Decision
from hall.services.desk_file import DeskFile
from hall.services.desk_lists import DeskList, EndedCase
from hall.services.hearing_seats import Seats
from hall.services.hearings import HearingRecord
from hall.services.issuing import Issued
from hall.services.papers_intake import Defect
from hall.services.persons import PersonDetails
from hall.services.review_supplements import Answered
from hall.services.reviewing import DenialReport, Proposal
from hall.services.visits import VisitRecord
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ReviewFront:
    """Every method is one use case. Procedures and extensions are `Front.clocks`, files `Front.files`."""

    store: Store
    actor: Actor
    home: Path

    def desk_file(self, case_id: int) -> DeskFile:
        """The whole file of a case, with what the actor may do to it now."""
        return desk_file.desk_file(self.store, self.actor, case_id=case_id)

    def lists(self, board: BoardView) -> tuple[DeskList, ...]:
        """What waits for the actor, list by list."""
        return desk_lists.desk_lists(self.store, self.actor, board=board)

    def ended(self, terms: Terms) -> tuple[EndedCase, ...]:
        """The ended cases that wait for the archive."""
        return desk_lists.ended_cases(self.store, self.actor, terms=terms)

    def hand_over(self, case_id: int, *, note: str = "") -> Issued:
        """移交材料."""
        return assigning.hand_over(self.store, self.actor, case_id=case_id, home=self.home, note=note)

    def take(self, case_id: int) -> None:
        """签收材料."""
        assigning.take(self.store, self.actor, case_id=case_id)

    def claim(self, case_id: int) -> None:
        """领取."""
        assigning.claim(self.store, self.actor, case_id=case_id)

    def release(self, case_id: int, reason: str) -> None:
        """退回科室."""
        assigning.release(self.store, self.actor, case_id=case_id, reason=reason)

    def officers(self, case_id: int) -> tuple[Officer, ...]:
        """Whom the case could be given to at its step."""
        return assigning.officers(self.store, self.actor, case_id=case_id)

    def assign(self, case_id: int, account_id: int, *, reason: str = "") -> None:
        """转派."""
        assigning.assign(self.store, self.actor, case_id=case_id, account_id=account_id, reason=reason)

    def assign_all(self, case_ids: tuple[int, ...], account_id: int, *, reason: str = "") -> tuple[Assigned, ...]:
        """批量转派, each case by itself."""
        return assigning.assign_all(self.store, self.actor, case_ids=case_ids, account_id=account_id, reason=reason)

    def absences(self) -> tuple[AbsenceView, ...]:
        """Who is away today or later."""
        return absences.absences(self.store, self.actor)

    def staff(self) -> tuple[Employee, ...]:
        """Who may be away, and who may stand in."""
        return absences.staff(self.store, self.actor)

    def enter_absence(self, absence: Absence) -> int:
        """登记外出和替岗."""
        return absences.enter(self.store, self.actor, absence=absence)

    def end_absence(self, absence_id: int, last_day: date) -> None:
        """提前结束外出."""
        absences.end(self.store, self.actor, absence_id=absence_id, last_day=last_day)

    def ask(self, case_id: int, items: tuple[Defect, ...], *, days: int | None = None) -> Issued:
        """审查中补正."""
        return review_supplements.ask(self.store, self.actor, case_id=case_id, items=items, home=self.home, days=days)

    def answer(self, case_id: int, positions: tuple[int, ...]) -> Answered:
        """收审查补正材料."""
        return review_supplements.answer(self.store, self.actor, case_id=case_id, positions=positions)

    def book_visit(self, case_id: int, *, at: datetime, place: str) -> int:
        """预约勘查."""
        return visits.book(self.store, self.actor, case_id=case_id, at=at, place=place)

    def make_visit(self, case_id: int, visit_id: int, record: VisitRecord) -> Issued:
        """登记勘查结果."""
        return visits.make(self.store, self.actor, case_id=case_id, visit_id=visit_id, record=record, home=self.home)

    def cancel_visit(self, case_id: int, visit_id: int, reason: str) -> None:
        """取消勘查."""
        visits.cancel(self.store, self.actor, case_id=case_id, visit_id=visit_id, reason=reason)

    def tell_hearing_right(self, case_id: int, subject: str, *, party_id: int | None = None) -> Issued:
        """告知听证权利."""
        return hearings.tell_right(
            self.store, self.actor, case_id=case_id, subject=subject, home=self.home, party_id=party_id
        )

    def ask_hearing(self, case_id: int, hearing_id: int) -> None:
        """登记听证申请."""
        hearings.ask(self.store, self.actor, case_id=case_id, hearing_id=hearing_id)

    def waive_hearing(self, case_id: int, hearing_id: int, reason: str) -> None:
        """放弃听证."""
        hearings.waive(self.store, self.actor, case_id=case_id, hearing_id=hearing_id, reason=reason, home=self.home)

    def announce_hearing(
        self, case_id: int, *, held_at: datetime, seats: Seats, subject: str, hearing_id: int | None = None
    ) -> Issued:
        """通知听证; without `hearing_id` one of the hall's own accord."""
        return hearings.announce(
            self.store,
            self.actor,
            case_id=case_id,
            held_at=held_at,
            seats=seats,
            subject=subject,
            home=self.home,
            hearing_id=hearing_id,
        )

    def hold_hearing(self, case_id: int, hearing_id: int, record: HearingRecord) -> Issued:
        """听证笔录."""
        return hearings.hold(
            self.store, self.actor, case_id=case_id, hearing_id=hearing_id, record=record, home=self.home
        )

    def consult(self, case_id: int, *, unit: str, question: str, answer_by: date, attachments: str = "") -> Issued:
        """征求意见."""
        return consultations.consult(
            self.store,
            self.actor,
            case_id=case_id,
            unit=unit,
            question=question,
            answer_by=answer_by,
            home=self.home,
            attachments=attachments,
        )

    def consultation_answered(self, case_id: int, consultation_id: int, *, agrees: bool, text: str) -> None:
        """登记征求意见答复."""
        consultations.answered(
            self.store, self.actor, case_id=case_id, consultation_id=consultation_id, agrees=agrees, text=text
        )

    def give_longer(self, case_id: int, consultation_id: int, answer_by: date) -> None:
        """延后答复期限."""
        consultations.give_longer(
            self.store, self.actor, case_id=case_id, consultation_id=consultation_id, answer_by=answer_by
        )

    def add_party(self, case_id: int, person: PersonDetails, relation: str) -> int:
        """登记利害关系人."""
        return consultations.add_party(self.store, self.actor, case_id=case_id, person=person, relation=relation)

    def hear_party(self, case_id: int, party_id: int, statement: str) -> None:
        """登记利害关系人的陈述和申辩."""
        consultations.hear_party(self.store, self.actor, case_id=case_id, party_id=party_id, statement=statement)

    def propose(self, case_id: int, proposal: Proposal) -> None:
        """提出拟办意见."""
        reviewing.propose(self.store, self.actor, case_id=case_id, proposal=proposal)

    def examine(self, case_id: int, *, agree: bool, text: str) -> None:
        """审核."""
        reviewing.examine(self.store, self.actor, case_id=case_id, agree=agree, text=text)

    def countersign(self, case_id: int, *, agree: bool, text: str) -> None:
        """会签 or 集体讨论: a further opinion at the present step."""
        reviewing.countersign(self.store, self.actor, case_id=case_id, agree=agree, text=text)

    def review_by_law(self, case_id: int, *, agree: bool, text: str) -> None:
        """法制审核."""
        reviewing.review_by_law(self.store, self.actor, case_id=case_id, agree=agree, text=text, home=self.home)

    def report_denial(self, case_id: int, report: DenialReport) -> Issued:
        """否定报备."""
        return reviewing.report_denial(self.store, self.actor, case_id=case_id, report=report, home=self.home)

    def send_back(self, case_id: int, comment: str) -> None:
        """退回上一步."""
        reviewing.send_back(self.store, self.actor, case_id=case_id, comment=comment)

    def decide(self, case_id: int, decision: Decision) -> Decided:
        """作出决定."""
        return deciding.decide(self.store, self.actor, case_id=case_id, decision=decision, home=self.home)

    def default(self, case_id: int) -> Decided:
        """超时默认."""
        return defaulting.default(self.store, self.actor, case_id=case_id, home=self.home)

    def broken_promises(self) -> tuple[int, ...]:
        """Cases that may be decided by default."""
        return defaulting.broken_promises(self.store, self.actor)
