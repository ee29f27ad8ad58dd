// A core library with next to nothing in it: enough to compile against, and string without Replace as on the device.
namespace System
{
    public class Object { public Object() { } }
    public abstract class ValueType { }
    public abstract class Enum : ValueType { }
    public struct Void { }
    public struct Boolean { }
    public struct Byte { }
    public struct Char { }
    public struct Int32 { }
    public struct UInt32 { }
    public struct Int64 { }
    public struct Double { }
    public sealed class String { public int Length { get { return 0; } } public string Trim() { return this; } }
    public abstract class Array { }
    public abstract class Attribute { }
    public abstract class Delegate { }
    public abstract class MulticastDelegate : Delegate { }
    public class Exception { }
    public struct IntPtr { }
    public enum AttributeTargets { All = 32767 }
    public sealed class AttributeUsageAttribute : Attribute
    {
        public AttributeUsageAttribute(AttributeTargets targets) { }
        public bool AllowMultiple { get { return false; } set { } }
        public bool Inherited { get { return false; } set { } }
    }
}
