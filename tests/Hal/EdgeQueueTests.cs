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
                queue.Add(n % 3 == 0 ? Button.Event : Button.Record, n % 2 == 0, n * 5000000000L, n * 5000000000L);
                Assert.IsTrue(queue.TryTake(edge));
                Assert.AreEqual(n % 3 == 0 ? (int)Button.Event : (int)Button.Record, (int)edge.Button);
                Assert.AreEqual(n % 2 == 0, edge.Down);
                Assert.AreEqual(n * 5000000000L, edge.AtUs);
            }

            Assert.IsFalse(queue.TryTake(edge));
            Assert.AreEqual(0, queue.Overruns);
        }

        [TestMethod]
        public void AnEdgeHeldUpByANativeCallHasTheTimeOfItsInterrupt()
        {
            EdgeQueue queue = new EdgeQueue();
            ButtonEdge edge = new ButtonEdge();

            // The two time lines are 7 s apart. This edge is handled at once, the next two together, 300 ms after the first of them.
            queue.Add(Button.Record, true, 1000000, 8003000);
            Assert.IsTrue(queue.TryTake(edge));
            Assert.AreEqual(8003000L, edge.AtUs);
            queue.Add(Button.Record, false, 2000000, 9300000);
            queue.Add(Button.Record, true, 2150000, 9300100);
            Assert.IsTrue(queue.TryTake(edge));
            Assert.AreEqual(9013000L, edge.AtUs);
            Assert.AreEqual(0L, edge.EarlierUs);
            Assert.IsTrue(queue.TryTake(edge));
            Assert.AreEqual(9163000L, edge.AtUs);
        }

        [TestMethod]
        public void AFirstEdgeThatWasHeldUpIsSetRightByTheNext()
        {
            EdgeQueue queue = new EdgeQueue();
            ButtonEdge edge = new ButtonEdge();
            queue.Add(Button.Record, true, 1000000, 8200000);
            Assert.IsTrue(queue.TryTake(edge));
            Assert.AreEqual(8200000L, edge.AtUs);
            queue.Add(Button.Record, false, 1200000, 8202000);
            Assert.IsTrue(queue.TryTake(edge));
            Assert.AreEqual(8202000L, edge.AtUs);

            // 7.002 s apart and one tick: the first was at 8.012 s.
            Assert.AreEqual(188000L, edge.EarlierUs);
        }

        [TestMethod]
        public void AFullQueueLosesTheNewest()
        {
            EdgeQueue queue = new EdgeQueue();
            for (int n = 0; n < 70; n++)
            {
                queue.Add(Button.Record, true, n, n);
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
