"""What cannot be in the data is named."""

from collections.abc import Callable

from sqlalchemy import text

from hall.store import Store
from hall.store.append_only import guard_name
from hall.store.integrity import verify_data


def sentences(store: Store) -> list[str]:
    with store.read() as session:
        return [problem.sentence for problem in verify_data(session)]


def test_sound_data_has_no_problem(store: Store, other_station: Store) -> None:
    assert sentences(store) == []


def test_a_removed_guard_is_named(store: Store) -> None:
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE document DISABLE TRIGGER {guard_name('document')}"))
        else:
            connection.execute(text(f"DROP TRIGGER {guard_name('document')}_delete"))
    assert [line for line in sentences(store) if "document" in line and "触发器" in line]


def test_a_station_without_chain_head_is_named(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    assert sentences(store) == ["表 audit_head：1 个工作站没有审计链头。"]


def test_a_row_that_refers_to_nothing_is_named(sqlite_url: str, open_store: Callable[..., Store]) -> None:
    store = open_store(sqlite_url)
    pooled = store.engine.raw_connection()
    cursor = pooled.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute("INSERT INTO number_series (hall_id, series, scope, last) VALUES (77, 'a', '', 0)")
    cursor.execute("PRAGMA foreign_keys=ON")
    pooled.close()
    found = sentences(store)
    assert "表 number_series：第 1 行引用的 hall 不存在。" in found
    assert "表 number_series：1 个编号系列的末号不是正数。" in found
