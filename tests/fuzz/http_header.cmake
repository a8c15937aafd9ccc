newsd_fuzz(http_header DEPS newsd_http)
