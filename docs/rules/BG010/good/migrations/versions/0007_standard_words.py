"""A migration away from an old word has to name it."""

from alembic import op


def upgrade():
    op.execute("UPDATE product_import_jobs SET status = 'running' WHERE status = 'processing'")


def downgrade():
    op.execute("UPDATE product_import_jobs SET status = 'processing' WHERE status = 'running'")
