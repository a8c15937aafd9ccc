# What an installed newsd consists of, and its .deb (`cpack` in the build directory). The units name /usr/bin and
# newsd looks in /etc, so it is installed there; DESTDIR stages it elsewhere.
if(CMAKE_INSTALL_PREFIX_INITIALIZED_TO_DEFAULT)
  set(CMAKE_INSTALL_PREFIX /usr CACHE PATH "where newsd is installed" FORCE)
endif()
include(GNUInstallDirs)
set(installed ${CMAKE_BINARY_DIR}/installed)  # what is made for the installation only

install(TARGETS newsd RUNTIME)
install(FILES conf/newsd.toml DESTINATION /etc/newsd)
install(FILES systemd/conf.d/10-service.toml DESTINATION /etc/newsd/conf.d)
install(FILES systemd/newsd.service systemd/newsd.socket DESTINATION /lib/systemd/system)
install(FILES systemd/sysusers.d/newsd.conf DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/sysusers.d)
install(FILES systemd/tmpfiles.d/newsd.conf DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/tmpfiles.d)
install(FILES daemon/event/newsd-event-1.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/newsd/schema)
install(DIRECTORY conf/topics DESTINATION ${CMAKE_INSTALL_DATADIR}/newsd)
install(DIRECTORY conf/samples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES .cmake/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Manual pages, compressed without a time stamp, so that the same source gives the same package.
file(GLOB pages RELATIVE ${CMAKE_SOURCE_DIR}/conf/man CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/conf/man/*.[1-8])
foreach(page IN LISTS pages)
  string(REGEX MATCH "[1-8]$" section ${page})
  install(CODE "
    file(MAKE_DIRECTORY [[${installed}]])
    execute_process(COMMAND gzip -9n
      INPUT_FILE [[${CMAKE_SOURCE_DIR}/conf/man/${page}]] OUTPUT_FILE [[${installed}/${page}.gz]]
      COMMAND_ERROR_IS_FATAL ANY)")
  install(FILES ${installed}/${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

# Completions are written by newsd itself.
set(completion_bash ${CMAKE_INSTALL_DATADIR}/bash-completion/completions/newsd)
set(completion_zsh ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions/_newsd)
set(completion_fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d/newsd.fish)
foreach(shell bash zsh fish)
  get_filename_component(folder ${completion_${shell}} DIRECTORY)
  get_filename_component(name ${completion_${shell}} NAME)
  install(CODE "
    file(MAKE_DIRECTORY [[${installed}/${shell}]])
    execute_process(COMMAND [[${CMAKE_BINARY_DIR}/newsd]] completion ${shell}
      OUTPUT_FILE [[${installed}/${shell}/${name}]] COMMAND_ERROR_IS_FATAL ANY)")
  install(FILES ${installed}/${shell}/${name} DESTINATION ${folder})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME newsd)
set(CPACK_PACKAGE_CONTACT "newsd maintainers <newsd@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"newsd reads news from drop directories and turns it into one ordered, durable,
replayable stream of structured events on files, standard output and a unix
socket. Duplicates are recognised, versions are followed, and every statement
about an article says where it was read.
.
The service is installed and not enabled: systemctl enable --now newsd")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "systemd | systemd-standalone-sysusers | systemd-sysusers, systemd | systemd-standalone-tmpfiles | systemd-tmpfiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# What an admin may have changed is kept: all of /etc.
file(WRITE ${installed}/conffiles "/etc/newsd/newsd.toml\n/etc/newsd/conf.d/10-service.toml\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${installed}/conffiles)
foreach(script postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/.cmake/debian/${script})
endforeach()
include(CPack)
