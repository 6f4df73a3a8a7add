# Completion of tarn for bash, from 3.2 on.
_tarn() {
  local line
  COMPREPLY=()
  # Not compgen -W: that would run what stands in a table's name.
  while IFS= read -r line; do
    COMPREPLY[${#COMPREPLY[@]}]=$line
  done < <("${COMP_WORDS[0]/#\~/$HOME}" completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _tarn tarn ./tarn
