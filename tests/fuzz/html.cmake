newsd_fuzz(html DEPS newsd_extract)
