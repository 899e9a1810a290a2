using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Validators;

namespace Benchmarks;

/// <summary>
/// Refuses set-up and clean-up that answer a task: the in-process toolchain calls them and does not wait, so benchmarks
/// would begin before their store is open.
/// </summary>
internal sealed class SetUpValidator : IValidator
{
    private static readonly Type[] Marks =
    [
        typeof(GlobalSetupAttribute),
        typeof(GlobalCleanupAttribute),
        typeof(IterationSetupAttribute),
        typeof(IterationCleanupAttribute),
    ];

    public static SetUpValidator Instance { get; } = new();

    public bool TreatsWarningsAsErrors => true;

    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) =>
        validationParameters
            .Benchmarks.Select(b => b.Descriptor.Type)
            .Distinct()
            .SelectMany(type => type.GetMethods())
            .Where(method =>
                method.ReturnType != typeof(void)
                && Array.Exists(Marks, mark => method.IsDefined(mark, inherit: true))
            )
            .Select(method => new ValidationError(
                isCritical: true,
                $"{method.DeclaringType?.Name}.{method.Name} must not answer {method.ReturnType.Name}: nobody waits for it."
            ));
}
