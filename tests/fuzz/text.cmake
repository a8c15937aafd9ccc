newsd_fuzz(text DEPS newsd_extract)
