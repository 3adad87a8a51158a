"""Slack's limits (characters, items, bytes), used by checks.py, block_kit.py and block_elements.py."""

# A message
MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 40_000  # chat.postMessage cuts what is longer by now; refusing it here shows who counts on that
UPDATE_TEXT = 4_000
MARKDOWN_TEXT = 12_000
# Undocumented: measured by others between 12,000 and 13,297 (bolt-js issues 2509 and 2867), and only for chat.*
# methods.
MESSAGE_BLOCK_TEXT = 13_200
ATTACHMENTS = 100
METADATA_BYTES = 8_000

# A view
VIEW_BLOCKS = 100
VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3_000
IDENTIFIER = 255  # callback_id, external_id, block_id, action_id
VIEW_BYTES = 250_000
VIEW_STACK = 3

# Blocks
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3_000
ACTIONS_ELEMENTS = 25
CONTEXT_ACTIONS_ELEMENTS = 5
INPUT_LABEL = 2_000
IMAGE_TITLE = 2_000
CONTAINER_CHILDREN = 10
CAROUSEL_CARDS = 10
CARD_TITLE = 150
CARD_BODY = 200
ALERT_TEXT = 200
TABLE_ROWS = 100
TABLE_COLUMNS = 20

# Elements
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
ACCESSIBILITY_LABEL = 75
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
OVERFLOW_OPTIONS = 5
BOXES = 10
ALT_TEXT = 2_000
INPUT_TEXT = 3_000
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}

# What an interaction hands out
TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5
