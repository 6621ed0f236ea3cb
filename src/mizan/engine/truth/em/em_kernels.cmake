# The EM kernels: one file per instruction set, each with its own flags (never for the whole tree: the program must run
# on every machine of the family and chooses at run time). Contraction to fused multiply-add is theirs to use.
set(mizan_kernel_flags -O3 -ffp-contract=fast)
set(mizan_truth_folder ${CMAKE_CURRENT_LIST_DIR})
foreach(set IN ITEMS plain neon avx2 avx512)
  set(mizan_kernel_flags_${set} ${mizan_kernel_flags})
endforeach()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND mizan_kernel_flags_avx2 -mavx2 -mfma)
  list(APPEND mizan_kernel_flags_avx512 -mavx2 -mfma -mavx512f -mavx512bw -mavx512dq -mavx512vl)
endif()
foreach(set IN ITEMS plain neon avx2 avx512)
  set_source_files_properties(${mizan_truth_folder}/em_kernels_${set}.cc PROPERTIES COMPILE_OPTIONS "${mizan_kernel_flags_${set}}")
endforeach()
