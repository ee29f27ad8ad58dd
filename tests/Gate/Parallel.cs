// SPDX-License-Identifier: MIT

using Microsoft.VisualStudio.TestTools.UnitTesting;

// Nearly all the time goes into compilers run as programs of their own.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
