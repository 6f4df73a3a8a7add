#compdef tarn
# Completion of tarn for zsh.
_tarn() {
  local -a typed words_found
  typed=(${${words[2,CURRENT-1]}:#-*})
  words_found=(${(f)"$(${words[1]} completion words $typed 2>/dev/null)"})
  compadd -- $words_found
  _files
}
compdef _tarn tarn ./tarn
