"""Where every table of the workspace database is registered. Each subject's module declares its own."""

import sqlalchemy as sa

metadata = sa.MetaData()
