"""Who may do what: one table from action to roles, asked by every service before it does anything."""

from collections.abc import Iterable

from hall.errors import Refused
from hall.rules import people
from hall.rules.people import SYSTEM_ACCOUNT, Actor
from hall.words import ACTIONS, ROLES

GUIDE, CLERK = "guide", "clerk"
REVIEWER, HEAD, LEGAL_REVIEWER, APPROVER = "reviewer", "head", "legal_reviewer", "approver"
CASHIER = "cashier"
MANAGER, ADMINISTRATOR = "manager", "administrator"
KIOSK, DISPLAY = "kiosk", "display"

_DECIDING = (REVIEWER, HEAD, LEGAL_REVIEWER, APPROVER)
_STAFF = (GUIDE, CLERK, *_DECIDING, MANAGER)

_ALLOWED: dict[str, tuple[str, ...]] = {
    "queue.read": (*_STAFF, CASHIER, ADMINISTRATOR, KIOSK, DISPLAY),
    "queue.issue": (GUIDE, CLERK, KIOSK),
    "queue.cancel": (GUIDE, CLERK, MANAGER),
    "queue.call": (CLERK,),
    "queue.recall": (CLERK,),
    "queue.arrive": (CLERK,),
    "queue.start": (CLERK,),
    "queue.hold": (CLERK,),
    "queue.return": (CLERK,),
    "queue.transfer": (CLERK,),
    "queue.skip": (CLERK,),
    "queue.requeue": (GUIDE, CLERK),
    "queue.finish": (CLERK,),
    "queue.release": (MANAGER,),
    "queue.print": (GUIDE, CLERK, KIOSK),
    "counter.open": (CLERK,),
    "counter.pause": (CLERK,),
    "counter.emergency": (CLERK, MANAGER),
    "counter.matters": (MANAGER,),
    "appointment.import": (ADMINISTRATOR, MANAGER),
    "appointment.read": (GUIDE, CLERK, MANAGER),
    "paper.refill": (GUIDE, CLERK, MANAGER, ADMINISTRATOR),
    "rating.give": (DISPLAY,),
    "rating.read": (MANAGER,),
    "rating.follow_up": (MANAGER,),
    "statistics.read": (MANAGER,),
    "person.unmask": (CLERK, *_DECIDING, MANAGER),
    "case.read": (CLERK, *_DECIDING, MANAGER),
    "notice.read": (*_STAFF, CASHIER),
    "case.accept": (CLERK,),
    "case.receive": (CLERK,),
    "case.supplement": (CLERK, REVIEWER),
    "case.refuse": (CLERK,),
    "case.hand_over": (CLERK,),
    "case.take": (REVIEWER, HEAD),
    "case.assign": (HEAD, MANAGER),
    "case.claim": (REVIEWER, HEAD),
    "case.review": (REVIEWER, HEAD),
    "case.suspend": (REVIEWER, HEAD),
    "case.examine": (HEAD,),
    "case.legal": (LEGAL_REVIEWER,),
    "case.decide": (APPROVER,),
    "case.extend": (APPROVER,),
    "case.certify": (CLERK, REVIEWER),
    "case.serve": (CLERK, REVIEWER, HEAD),
    "case.finish": (CLERK, REVIEWER),
    "case.withdraw": (CLERK, REVIEWER),
    "case.terminate": (HEAD, APPROVER),
    "case.archive": (CLERK, REVIEWER),
    "case.reopen": (MANAGER,),
    "case.urge": _STAFF,
    "case.progress": (GUIDE, CLERK, KIOSK),
    "certificate.read": (CLERK, *_DECIDING, MANAGER),
    "certificate.end": (APPROVER,),
    "file.add": (CLERK, REVIEWER, HEAD),
    "file.read": (CLERK, *_DECIDING, MANAGER),
    "absence.enter": (HEAD, MANAGER),
    "enquiry.answer": _STAFF,
    "supervision.read": (CLERK, *_DECIDING, MANAGER),
    "supervision.issue": (MANAGER,),
    "supervision.reply": (CLERK, *_DECIDING),
    "supervision.judge": (APPROVER, MANAGER),
    "accountability.open": (MANAGER,),
    "accountability.plea": (CLERK, *_DECIDING),
    "accountability.decide": (APPROVER,),
    "anomaly.review": (HEAD, APPROVER, MANAGER),
    "report.read": (*_DECIDING, MANAGER),
    "report.issue": (MANAGER,),
    "document.print": (CLERK, *_DECIDING, CASHIER, MANAGER),
    "document.reprint_certificate": (HEAD, MANAGER),
    "ticket.print": (GUIDE, CLERK, MANAGER, KIOSK),
    "guide.print": (*_STAFF, KIOSK),
    "receipt.verify": (*_STAFF, CASHIER),
    "board.read": (CLERK, *_DECIDING, MANAGER),
    "catalogue.import": (ADMINISTRATOR,),
    "calendar.import": (ADMINISTRATOR,),
    "account.read": (ADMINISTRATOR, MANAGER),
    "account.create": (ADMINISTRATOR,),
    "account.roles": (ADMINISTRATOR,),
    "account.disable": (ADMINISTRATOR,),
    "account.reset": (ADMINISTRATOR,),
    "keys.change": (ADMINISTRATOR,),
    "settings.change": (ADMINISTRATOR,),
    "spool.read": (GUIDE, CLERK, MANAGER, ADMINISTRATOR),
    "spool.hall": (MANAGER, ADMINISTRATOR),
    "clock.accept": (ADMINISTRATOR,),
    "violation.read": (*_STAFF, CASHIER, ADMINISTRATOR, KIOSK),
    "violation.import": (ADMINISTRATOR,),
    "violation.publish": (LEGAL_REVIEWER,),
    "penalty.read": (CLERK, *_DECIDING, CASHIER, MANAGER),
    "penalty.register": (CLERK,),
    "penalty.import": (ADMINISTRATOR,),
    "penalty.investigate": (REVIEWER, HEAD),
    "penalty.on_spot": (REVIEWER, HEAD),
    "penalty.legal": (LEGAL_REVIEWER,),
    "penalty.decide": (APPROVER,),
    "penalty.serve": (CLERK, REVIEWER, HEAD),
    "penalty.correct": (APPROVER,),
    "penalty.remedy": (CLERK, REVIEWER, HEAD, LEGAL_REVIEWER),
    "decision.publish": (MANAGER, LEGAL_REVIEWER),
    "penalty.staff": (MANAGER, HEAD),
    "leniency.apply": (CLERK,),
    "deferral.apply": (CLERK,),
    "deferral.decide": (APPROVER,),
    "agreement.propose": (REVIEWER, HEAD),
    "agreement.decide": (APPROVER,),
    "payment.notice": (CLERK, CASHIER),
    "payment.import": (CASHIER,),
    "payment.settle": (CASHIER,),
    "cash.collect": (REVIEWER, HEAD),
    "cash.bank": (CASHIER,),
    "seizure.enter": (CLERK, REVIEWER, HEAD),
    "seizure.extend": (APPROVER,),
    "seizure.end": (APPROVER,),
    "seizure.give_back": (CLERK, REVIEWER),
    "emergency.report": (REVIEWER, HEAD),
    "emergency.decide": (APPROVER,),
    "request.read": _STAFF,
    "request.enter": (GUIDE, CLERK),
    "request.dispatch": (CLERK, MANAGER),
    "request.handle": (REVIEWER, HEAD),
    "request.reply": (CLERK, MANAGER),
    "request.extend": (APPROVER,),
    "request.recall": (MANAGER,),
    "request.call_back": (GUIDE, CLERK, MANAGER),
    "request.exchange": (MANAGER,),
    "responsibility.import": (ADMINISTRATOR, MANAGER),
    "vendor.read": (CLERK, *_DECIDING, MANAGER),
    "vendor.enter": (CLERK, REVIEWER),
    "vendor.note": (REVIEWER, HEAD),
    "vendor.confirm": (HEAD,),
    "vendor.tell": (CLERK, REVIEWER),
    "vendor.object": (CLERK,),
    "vendor.answer": (LEGAL_REVIEWER, APPROVER),
    "vendor.export": (MANAGER,),
    "stall.look": (*_STAFF, KIOSK),
    "stall.read": _STAFF,
    "stall.site": (MANAGER,),
    "stall.apply": (CLERK,),
    "stall.admit": (HEAD,),
    "stall.draw": (LEGAL_REVIEWER, MANAGER),
    "stall.grant": (APPROVER,),
    "stall.end": (CLERK, MANAGER),
    "stall.withdraw": (REVIEWER, HEAD),
    "stall.hear": (LEGAL_REVIEWER,),
    "stall.decide": (APPROVER,),
    "stall.committee": (CLERK, MANAGER),
    "relief.read": (CLERK, *_DECIDING, CASHIER, MANAGER),
    "relief.apply": (CLERK,),
    "relief.check": (REVIEWER, HEAD),
    "relief.opine": (HEAD, MANAGER),
    "relief.vote": (MANAGER,),
    "relief.give": (CASHIER,),
    "relief.book": (CASHIER,),
    "relief.publish": (MANAGER,),
    "standard.read": (*_STAFF, CASHIER),
    "standard.import": (ADMINISTRATOR, MANAGER),
    "standard.check": (HEAD, MANAGER),
    "standard.correct": (*_STAFF, CASHIER),
    "standard.verify": (HEAD, APPROVER, MANAGER),
    "standard.void": (HEAD, APPROVER, MANAGER),
    "training.read": (*_STAFF, CASHIER),
    "training.oversee": (HEAD, MANAGER),
    "training.enter": (HEAD, MANAGER),
    "qualification.enter": (HEAD, MANAGER),
    "score.import": (MANAGER,),
    "power.read": (*_STAFF, ADMINISTRATOR, KIOSK),
    "power.import": (ADMINISTRATOR,),
    "round.read": (CLERK, *_DECIDING, MANAGER),
    "round.open": (LEGAL_REVIEWER, MANAGER),
    "round.score": (REVIEWER, HEAD, LEGAL_REVIEWER, APPROVER),
    "round.correct": (CLERK, *_DECIDING),
    "round.verify": (LEGAL_REVIEWER, MANAGER),
    "register.read": _STAFF,
    "register.enter": _STAFF,
    "register.close": _STAFF,
    "register.void": (*_DECIDING, MANAGER),
}


class NotAuthorised(Refused):
    """The actor holds none of the roles that may do this."""

    def __init__(self, actor: Actor, action: str) -> None:
        who = f"{actor.name}（{_named(actor.roles) or '没有岗位'}）"
        allowed = who_may(action)
        super().__init__(f"{who}不能{ACTIONS[action]}，只有{allowed}可以。请换用有权限的账号，或交其办理。")


class UnknownRole(Refused):
    """A role was named that people cannot hold."""

    def __init__(self, role: str) -> None:
        super().__init__(f"没有“{role}”这个岗位。可用的岗位：{'、'.join(people.ROLES)}。")


class RolesConflict(Refused):
    """One account would both run the system and decide cases, or reconcile payments, in it."""

    def __init__(self) -> None:
        super().__init__(
            "系统管理员不能同时审查、审核、批准办件或管理收款（审批、收款与系统管理分离）。请为两个岗位分设账号。"
        )


def station_actor(role: str, *, name: str, hall_id: int) -> Actor:
    """A kiosk or a display that acts by itself, without an account: it may only do what its role may."""
    return Actor(account_id=SYSTEM_ACCOUNT, name=name, hall_id=hall_id, roles=frozenset({role}))


def may(actor: Actor, action: str) -> bool:
    """True if one of the actor's roles allows the action (for greying a button, with `require` behind it)."""
    return not actor.roles.isdisjoint(_ALLOWED[action])


def require(actor: Actor, action: str) -> None:
    """Raise NotAuthorised unless the actor may do it."""
    if not may(actor, action):
        raise NotAuthorised(actor, action)


def roles_for(action: str) -> frozenset[str]:
    """The roles that allow the action."""
    return frozenset(_ALLOWED[action])


def who_may(action: str) -> str:
    """The roles that the action is left to, in words."""
    return _named(_ALLOWED[action])


def check_roles(roles: Iterable[str]) -> frozenset[str]:
    """The roles as one account may hold them; raises UnknownRole or RolesConflict.

    Separation of duties: whoever administers accounts, calendar and catalogue never decides a case by them.
    """
    wanted = frozenset(roles)
    if unknown := sorted(wanted.difference(people.ROLES)):
        raise UnknownRole(unknown[0])
    if ADMINISTRATOR in wanted and not wanted.isdisjoint((*_DECIDING, CASHIER)):
        raise RolesConflict
    return wanted


def _named(roles: Iterable[str]) -> str:
    return "、".join(word for role, word in ROLES.items() if role in roles)
