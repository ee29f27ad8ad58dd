// SPDX-License-Identifier: MIT

using Microsoft.VisualStudio.TestTools.UnitTesting;

// Virtual machines belong to their thread: tests run side by side.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
