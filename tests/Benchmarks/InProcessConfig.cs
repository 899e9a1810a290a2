using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Benchmarks;

/// <summary>In this process: nothing is generated, restored or built, so it works without a network.</summary>
internal static class InProcessConfig
{
    private static readonly Job Usual = Job
        .Default.WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(250))
        .WithWarmupCount(4)
        .WithIterationCount(12);

    /// <summary>The usual job, unless another one is asked for (<c>--job dry</c>).</summary>
    public static IConfig For(string[] arguments)
    {
        var config = ManualConfig
            .CreateEmpty()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddValidator(SetUpValidator.Instance);
        return NamesJob(arguments) ? config : config.AddJob(Usual);
    }

    /// <summary>A job that is asked for runs in this process as well.</summary>
    public static string[] Arguments(string[] arguments) =>
        NamesJob(arguments) ? [.. arguments, "--inProcess"] : arguments;

    private static bool NamesJob(string[] arguments) =>
        arguments.Any(argument => argument is "--job" or "-j");
}
