"""The registry of the tables of the workspace database. The module of each subject declares its own table.

These declarations are what the code works with; what creates and changes the tables are the migrations. A column whose
name ends in `_at`, as an attribute or a parameter of that name, is a float: seconds since 1970 in UTC.
"""

import sqlalchemy as sa

metadata = sa.MetaData()
