newsd_fuzz(config DEPS newsd_config)
