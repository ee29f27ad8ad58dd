// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using nanoFramework.TestFramework;

namespace Lapel.Hal.Tests
{
    [TestClass]
    public class EdgeQueueTests
    {
        [TestMethod]
        public void EdgesComeOutInOrder()
        {
            EdgeQueue queue = new EdgeQueue();
            ButtonEdge edge = new ButtonEdge();
            Assert.IsFalse(queue.TryTake(edge));
            for (int n = 0; n < 1000; n++)
            {
                queue.Add(n % 3 == 0 ? Button.Event : Button.Record, n % 2 == 0, n * 5000000000L);
                Assert.IsTrue(queue.TryTake(edge));
                Assert.AreEqual(n % 3 == 0 ? (int)Button.Event : (int)Button.Record, (int)edge.Button);
                Assert.AreEqual(n % 2 == 0, edge.Down);
                Assert.AreEqual(n * 5000000000L, edge.AtUs);
            }

            Assert.IsFalse(queue.TryTake(edge));
            Assert.AreEqual(0, queue.Overruns);
        }

        [TestMethod]
        public void AFullQueueLosesTheNewest()
        {
            EdgeQueue queue = new EdgeQueue();
            for (int n = 0; n < 70; n++)
            {
                queue.Add(Button.Record, true, n);
            }

            Assert.AreEqual(6, queue.Overruns);
            ButtonEdge edge = new ButtonEdge();
            for (int n = 0; n < 64; n++)
            {
                Assert.IsTrue(queue.TryTake(edge));
                Assert.AreEqual((long)n, edge.AtUs);
            }

            Assert.IsFalse(queue.TryTake(edge));
        }
    }
}
