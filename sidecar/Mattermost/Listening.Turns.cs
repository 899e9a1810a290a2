using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <content>One of the processes that share a store listens at a time; the others wait for its turn to end.</content>
internal sealed partial class EventListener
{
    /// <summary>Waits until it is for this process to listen; cancelled when it is not any more.</summary>
    private async Task<Watch> Turn(CancellationToken stopping)
    {
        if (_leases.IsShared && _leases.Held(WorkShares.Listening) is null)
        {
            Enter(ListeningState.Elsewhere);
            await Held(stopping);
        }

        return new Watch(_leases, stopping);
    }

    private async Task Held(CancellationToken stopping)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _leases.Look += Look;
        try
        {
            Look(this, EventArgs.Empty);
            await held.Task.WaitAsync(stopping);
        }
        finally
        {
            _leases.Look -= Look;
        }

        void Look(object? sender, EventArgs told)
        {
            if (_leases.Held(WorkShares.Listening) is not null)
            {
                held.TrySetResult();
            }
        }
    }

    private async Task NoteAtEnd()
    {
        try
        {
            await Note(CancellationToken.None);
        }
        catch (LeaseLostException)
        {
            // Whoever listens now began where it was noted last.
        }
    }

    /// <summary>Notices when the turn is over.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly ILeases _leases;
        private readonly CancellationTokenSource _over;
        private readonly LeaseToken? _lease;

        public Watch(ILeases leases, CancellationToken stopping)
        {
            _leases = leases;
            _over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Token = _over.Token;
            _lease = leases.Held(WorkShares.Listening);
            leases.Look += Look;
        }

        public CancellationToken Token { get; }

        public void Dispose()
        {
            _leases.Look -= Look;
            _over.Dispose();
        }

        private void Look(object? sender, EventArgs told)
        {
            if (_leases.Held(WorkShares.Listening) != _lease)
            {
                _over.Cancel();
            }
        }
    }
}
