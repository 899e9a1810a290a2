using BenchmarkDotNet.Attributes;
using Benchmarks.Stores;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Benchmarks.Parts;

/// <summary>An escalation's card, from the record to what goes over the wire, and the words of a command's answer.</summary>
public class Drawing
{
    private readonly Escalation _escalation = new SeededEscalation(1).Current;
    private readonly Card _card = EscalationCards.Card(new SeededEscalation(1).Current);
    private readonly Markdown _headline = EscalationCards.Headline(new SeededEscalation(1).Current);
    private readonly CardRenderer _renderer = new(
        _ => "engineer",
        _ => "sealed",
        "http://127.0.0.1/mattermost/action"
    );

    [Benchmark]
    public object Card() => EscalationCards.Card(_escalation);

    [Benchmark]
    public object Post() => _renderer.Render(_headline, _card, CardLimits.Current);

    [Benchmark]
    public string Answer() =>
        EscalationCards.Describe(_escalation, TimeZoneInfo.Utc).Show(_ => "engineer");
}
