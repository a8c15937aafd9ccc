newsd_fuzz(opml DEPS newsd_format)
