// SPDX-License-Identifier: MIT

using Microsoft.VisualStudio.TestTools.UnitTesting;

// Each test has its own line, its own time and its own folder.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
