newsd_fuzz(encoding DEPS newsd_event)
