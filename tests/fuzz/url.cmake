newsd_fuzz(url DEPS newsd_article newsd_http)
