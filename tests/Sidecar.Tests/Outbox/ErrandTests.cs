using Shouldly;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Outbox;

/// <summary>Work that takes long is done beside what is posted, and not in its way.</summary>
public sealed class ErrandTests
{
    private const int Many = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALL_5_However_many_wait_what_is_posted_goes_out_and_an_end_waits_for_none()
    {
        var slow = new SlowErrands();
        await using var desk = await Desk.Open(features: slow.With);
        var change = new Change(Desk.Morning, "test");
        for (var i = 0; i < Many; i++)
        {
            change.Do(
                new Effect.Errand(new UserId($"person{i}"), SlowErrand.Name, $"{i}")
                {
                    About = "a test",
                }
            );
        }

        (await desk.Store.Commit(change, Cancel)).ShouldBeTrue();
        await slow.Began.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);

        await desk.Mattermost.As("tam").Execute(Desk.Square, "/escalate new acme sev3 Slow");
        await desk.Mattermost.WaitForAsync(() => desk.Cards().Count > 0, Cancel);
        slow.Most.ShouldBe(1);

        await desk.StopSidecar();
        slow.GivenUp.ShouldBe(1);
        slow.Done.ShouldBeEmpty();
        slow.Release();
        await desk.StartSidecar();
        await desk.Settled();
        slow.Done.Distinct().Count().ShouldBe(Many);
        slow.Done.Count.ShouldBe(Many);
        slow.Most.ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    private sealed class SlowErrand(SlowErrands all) : IErrand
    {
        public static string Name => "test-slow";

        public Task Run(ErrandCall call, CancellationToken cancel) => all.Run(call, cancel);
    }

    private sealed class SlowErrands
    {
        private readonly TaskCompletionSource _released = New();
        private readonly Lock _gate = new();
        private readonly List<string> _done = [];
        private int _now;

        public TaskCompletionSource Began { get; } = New();

        public int Most { get; private set; }

        public int GivenUp { get; private set; }

        public IReadOnlyList<string> Done
        {
            get
            {
                lock (_gate)
                {
                    return [.. _done];
                }
            }
        }

        public void With(FeatureBuilder product)
        {
            AllFeatures.Register(product);
            product.Errand<SlowErrand>().Shares(this);
        }

        public void Release() => _released.TrySetResult();

        public async Task Run(ErrandCall call, CancellationToken cancel)
        {
            lock (_gate)
            {
                Most = Math.Max(Most, ++_now);
            }

            Began.TrySetResult();
            try
            {
                await _released.Task.WaitAsync(cancel);
                lock (_gate)
                {
                    _done.Add(call.Argument);
                }
            }
            catch (OperationCanceledException)
            {
                GivenUp++;
                throw;
            }
            finally
            {
                lock (_gate)
                {
                    _now--;
                }
            }
        }

        private static TaskCompletionSource New() =>
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
