namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's Thread as far as the drivers use it.</summary>
    public static class Thread
    {
        /// <summary>Sleeps in virtual time.</summary>
        public static void Sleep(int millisecondsTimeout) => VirtualMachine.Current.Clock.Sleep(millisecondsTimeout);
    }
}
