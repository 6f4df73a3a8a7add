# Completion of tarn for fish.
function __tarn_words
    set -l typed (commandline -opc)
    set -l plain
    for word in $typed[2..-1]
        string match -q -- '-*' $word; or set -a plain $word
    end
    tarn completion words $plain 2>/dev/null
end
complete -c tarn -a '(__tarn_words)'
