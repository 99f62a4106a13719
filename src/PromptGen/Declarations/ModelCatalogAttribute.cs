namespace PromptGen;

/// <summary>Marks the class whose <c>const string</c> fields name the models that a program may use, each with <see cref="ModelAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelCatalogAttribute : Attribute;
