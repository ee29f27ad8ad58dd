#compdef lapel
# Completion of lapel for zsh. For this shell, after compinit: source <(lapel completion zsh)
# For good: lapel completion zsh > DIR/_lapel, where DIR is a folder of $fpath

_lapel() {
    local line="lapel ${(j: :)words[2,CURRENT]}"
    local -a found
    found=("${(@f)$("${(Q)words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    # Options only where one is begun: else they would hide the files that most commands take.
    [[ $PREFIX == -* ]] || found=(${found:#-*})
    compadd -- $found || _files
}

if [[ $funcstack[1] == _lapel ]]; then
    _lapel "$@"
else
    compdef _lapel lapel
fi
