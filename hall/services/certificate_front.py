"""What one actor can do with certificates: the services with store, actor and home bound, for the screens."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.certificates import Limb, Renewal
from hall.rules.people import Actor
from hall.services import bars, certificate_endings, certificate_reading, certifying
from hall.services.bars import Bar
from hall.services.certificate_endings import Ended, Ending
from hall.services.certificate_reading import CertificateView, Shown
from hall.services.certifying import CertificateDraft, Certified, Terms
from hall.store import Store


@dataclass(frozen=True, slots=True)
class CertificateFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def draft(self, case_id: int) -> CertificateDraft:
        """What a certificate would say as it was decided."""
        return certifying.draft(self.store, self.actor, case_id=case_id)

    def certify(self, case_id: int, terms: Terms) -> Certified:
        """制证."""
        return certifying.certify(self.store, self.actor, case_id=case_id, terms=terms, home=self.home)

    def listed(self, shown: Shown = "valid", text: str = "") -> tuple[CertificateView, ...]:
        """The first certificates of a filter."""
        return certificate_reading.certificates(self.store, self.actor, shown=shown, text=text, home=self.home)

    def one(self, certificate_id: int) -> CertificateView:
        """A certificate by its key."""
        return certificate_reading.certificate_of(self.store, self.actor, certificate_id=certificate_id, home=self.home)

    def of_case(self, case_id: int) -> tuple[CertificateView, ...]:
        """The certificates that a case granted."""
        return certificate_reading.certificates_of_case(self.store, self.actor, case_id=case_id, home=self.home)

    def renewal(self, certificate_id: int) -> Renewal:
        """What asking for renewal today means; raises NotRenewable."""
        return certificate_reading.renewal_of(self.store, self.actor, certificate_id=certificate_id, home=self.home)

    def limbs(self) -> tuple[Limb, ...]:
        """The limbs of law on which a licence ends."""
        return certificate_endings.limbs(self.store, self.actor, home=self.home)

    def end(self, certificate_id: int, ending: Ending) -> Ended:
        """撤回, 撤销 or 注销."""
        return certificate_endings.end_certificate(
            self.store, self.actor, certificate_id=certificate_id, ending=ending, home=self.home
        )

    def bar_for_false_materials(self, case_id: int, reason: str) -> Bar:
        """登记禁止申请期间 after a refusal for false materials."""
        return bars.bar_for_false_materials(self.store, self.actor, case_id=case_id, reason=reason)
