"""The fields of a person in a form: typed, or filled by the ID card that was laid down."""

from hall.rules.cards import Card
from hall.services.persons import ORGANISATION, PersonDetails
from hall.windows.kit.forms import Form
from hall.windows.number_checks import credit_code_fault, id_number_fault, phone_fault

PERSON = "resident"
KINDS = {PERSON: "个人", ORGANISATION: "个体工商户、单位"}


class PersonFields:
    """Name, number, phone and address; the panel adds its own fields before and after."""

    def __init__(
        self, form: Form, *, name: str, number: str = "证件号码", organisations: bool = False, reachable: bool = False
    ) -> None:
        """`organisations` may be entered, too; `reachable`: phone and address are asked for."""
        self._form, self._organisations = form, organisations
        if organisations:
            form.add_choice("person_kind", "主体", KINDS)
        hint = "身份证号或信用代码" if organisations else ""
        form.add_text("name", name, required=True, hint="放上身份证，或者照证件填写")
        form.add_text("number", number, required=True, check=self._number_fault, hint=hint)
        form.add_text("phone", "电话", required=reachable, check=phone_fault)
        form.add_text("address", "住址", required=reachable)

    def take_card(self, card: Card) -> None:
        """Whoever laid down the card."""
        if self._organisations:
            self._form.set_text("person_kind", PERSON)
        for key, text in (("name", card.name), ("number", card.id_number), ("address", card.home_address)):
            self._form.set_text(key, text)

    def take_typed(self, name: str, phone: str) -> None:
        """What was asked already, elsewhere."""
        self._form.set_text("name", name)
        self._form.set_text("phone", phone)

    @property
    def person(self) -> PersonDetails:
        """As it was entered."""
        form = self._form
        return PersonDetails(
            kind=ORGANISATION if self._is_organisation else PERSON,
            name=form.text("name"),
            id_number=form.text("number"),
            phone=form.text("phone"),
            address=form.text("address"),
            organisation_kind="individual_business" if self._is_organisation else "",
        )

    @property
    def _is_organisation(self) -> bool:
        return self._organisations and self._form.text("person_kind") == ORGANISATION

    def _number_fault(self, text: str) -> str:
        return credit_code_fault(text) if self._is_organisation else id_number_fault(text)
