newsd_fuzz(json_ld DEPS newsd_extract)
