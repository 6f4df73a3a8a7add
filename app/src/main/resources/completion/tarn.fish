# Completion of tarn for fish.
function __tarn_words
    set -l typed (commandline -opc)
    tarn completion words -- $typed[2..-1] (commandline -ct) 2>/dev/null
end
complete -c tarn -a '(__tarn_words)'
