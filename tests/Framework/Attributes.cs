// SPDX-License-Identifier: MIT

using System.Runtime.CompilerServices;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>Marks a class of device tests.</summary>
    public class TestClassAttribute : MSTest.TestClassAttribute { }

    /// <summary>Marks a device test: an instance method that uses static state only.</summary>
    public class TestMethodAttribute : MSTest.TestMethodAttribute
    {
        public TestMethodAttribute([CallerFilePath] string file = "", [CallerLineNumber] int line = -1)
            : base(file, line) { }
    }
}
