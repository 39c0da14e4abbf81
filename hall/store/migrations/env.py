"""What Alembic runs for every migration: on the connection it is given, in that connection's transaction."""

from alembic import context

from hall.store.schema import load_records
from hall.store.schema.base import Base

load_records()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
