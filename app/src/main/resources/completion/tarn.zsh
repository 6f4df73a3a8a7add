#compdef tarn
# Completion of tarn for zsh.
_tarn() {
  local -a found
  found=(${(f)"$(${words[1]} completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  (( $#found )) && compadd -- $found || _files
}
compdef _tarn tarn ./tarn
