using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.DataProtection;
using Sidecar.Ids;
using Sidecar.Mattermost;

namespace Benchmarks.Parts;

/// <summary>What a click and a dialog carry through Mattermost and back.</summary>
public class Sealing
{
    private static readonly UserId Person = new("u0000000000000000000000001");

    private readonly InteractionSeal _seal = new(
        new EphemeralDataProtectionProvider(),
        TimeProvider.System
    );
    private readonly string _action;
    private readonly string _dialog;

    public Sealing()
    {
        _action = SealAction();
        _dialog = SealDialog();
    }

    [Benchmark]
    public string SealAction() =>
        _seal.SealAction("escalation.acknowledge", "{\"id\":\"ESC-12345\"}");

    [Benchmark]
    public object? OpenAction() => _seal.OpenAction(_action);

    [Benchmark]
    public string SealDialog() =>
        _seal.SealDialog(
            new SealedDialog(
                "escalation.raise",
                "dialog:00000000000000000000000001",
                Person,
                new TeamId("t0000000000000000000000001"),
                new ChannelId("c0000000000000000000000001"),
                null,
                DateTimeOffset.MaxValue,
                "{}"
            )
        );

    [Benchmark]
    public object? OpenDialog() =>
        _seal.OpenDialog(_dialog, Person, out var dialog) == SealVerdict.Valid ? dialog : null;
}
