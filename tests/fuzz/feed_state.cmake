newsd_fuzz(feed_state DEPS newsd_schedule)
