newsd_fuzz(topic_model DEPS newsd_classify)
