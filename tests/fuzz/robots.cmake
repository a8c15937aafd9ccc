newsd_fuzz(robots DEPS newsd_http)
