# Completion of lapel for PowerShell. For this shell: lapel completion powershell | Out-String | Invoke-Expression
# For good: put that line into the file that $PROFILE names

Register-ArgumentCompleter -Native -CommandName lapel -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = [Math]::Max(0, $cursorPosition - $commandAst.Extent.StartOffset)
    $line = $commandAst.ToString().PadRight($length).Substring(0, $length) -replace '^\S+', 'lapel'
    & $commandAst.GetCommandName() "[suggest:$($line.Length)]" $line 2>$null |
        # Options only where one is begun: else they would hide the files that most commands take.
        Where-Object { $_ -like "$wordToComplete*" -and ($_ -notlike '-*' -or $wordToComplete -like '-*') } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
