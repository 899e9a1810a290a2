using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Features;
using Sidecar.Interactions;
using Sidecar.Text;
using Line = Sidecar.Text.CommandLine;

namespace Benchmarks.Parts;

/// <summary>What was typed, cut into words and understood.</summary>
public class CommandReading
{
    private readonly CommandParser _book;

    public CommandReading()
    {
        var product = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(product);
        _book = new CommandParser(product.Build().Commands.Select(c => c.Spec));
    }

    [Params(
        "list mine",
        "show ESC-12345",
        "new \"Acme Labs\" sev1 Nobody can log in since the upgrade",
        "shwo ESC-12345"
    )]
    public string Text { get; set; } = "";

    [Benchmark]
    public object Words() => Line.Read(Text);

    [Benchmark]
    public object Understanding() => _book.Read(Line.Read(Text), Mentions.None);
}
