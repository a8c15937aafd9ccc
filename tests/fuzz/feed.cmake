newsd_fuzz(feed DEPS newsd_extract)
