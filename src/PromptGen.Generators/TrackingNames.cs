namespace PromptGen.Generators;

/// <summary>The names of the pipeline's steps, by which tests prove that they are cached.</summary>
internal static class TrackingNames
{
    public const string Declaration = nameof(Declaration);
    public const string OwnCatalogs = nameof(OwnCatalogs);
    public const string UsedCatalogs = nameof(UsedCatalogs);
    public const string Catalog = nameof(Catalog);
    public const string Dialects = nameof(Dialects);
    public const string WithFiles = nameof(WithFiles);
    public const string Plan = nameof(Plan);
    public const string Contract = nameof(Contract);
    public const string Schema = nameof(Schema);
    public const string Router = nameof(Router);
    public const string Classes = nameof(Classes);
    public const string ContractNames = nameof(ContractNames);
    public const string FileNames = nameof(FileNames);
    public const string CatalogFile = nameof(CatalogFile);
}
