# boa_document_tool(TARGET): the man page and the shell completions of a tool, printed by the tool
# itself and installed where man and the shells look for them.

include(GNUInstallDirs)

function(boa_document_tool target)
    set(folder ${CMAKE_BINARY_DIR}/man)
    set(man ${folder}/${target}.1)
    set(bash ${folder}/completions/bash/${target})
    set(zsh ${folder}/completions/zsh/_${target})
    set(fish ${folder}/completions/fish/${target}.fish)
    foreach(kind IN ITEMS man bash zsh fish)
        cmake_path(GET ${kind} PARENT_PATH parent)
        file(MAKE_DIRECTORY ${parent})
        # A page written by a tool that failed half-way must not look finished.
        add_custom_command(OUTPUT ${${kind}}
            COMMAND ${target} --help=${kind} > ${${kind}}.new
            COMMAND ${CMAKE_COMMAND} -E rename ${${kind}}.new ${${kind}}
            DEPENDS ${target} VERBATIM COMMENT "Writing ${${kind}}")
    endforeach()
    add_custom_target(document_${target} ALL DEPENDS ${man} ${bash} ${zsh} ${fish})
    install(FILES ${man} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES ${bash} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${zsh} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
    install(FILES ${fish} DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endfunction()
