newsd_fuzz(request DEPS newsd_request)
