"""`make hostile`: documents that were made to hang or fill the bot, from 64 KB to 5 MB, for every reader."""
