# Completion of tarn for fish.
function __tarn_words
    set -l typed (commandline -opc)
    set -l found (tarn completion words -- $typed[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c tarn -f -a '(__tarn_words)'
