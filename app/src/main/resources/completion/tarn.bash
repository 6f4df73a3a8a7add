# Completion of tarn for bash.
_tarn() {
  local current=${COMP_WORDS[COMP_CWORD]}
  local typed=()
  local i
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == -* ]] || typed+=("${COMP_WORDS[i]}")
  done
  local words
  words=$("${COMP_WORDS[0]}" completion words "${typed[@]}" 2>/dev/null)
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _tarn tarn ./tarn
